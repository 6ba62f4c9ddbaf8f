import { EventEmitter } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import type * as Electron from 'electron';

/**
 * A stand-in for Electron, typed against Electron's own definitions, for running the built main process and
 * preload unmodified where Electron's binary is missing. It shows wiring, channel names, sender checks and life
 * cycle. It shows nothing about the sandbox, context isolation, fuses, safeStorage or windows: those need the binary.
 */
export const calls: [name: string, ...args: unknown[]][] = [];
const called = (name: string, ...args: unknown[]): void => void calls.push([name, ...args]);
const setting = (name: string): string | undefined => process.env[`ELECTRON_DOUBLE_${name}`];

/** An event that can be prevented, as Electron's are. */
export function preventable<T extends object>(details: T): Electron.Event<T> {
  let prevented = false;
  return {
    ...details,
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
}

// Installed, the program's own file is not among its arguments.
if (setting('PACKAGED') !== undefined) process.argv.splice(1, 1);

const appMethods = {
  isPackaged: setting('PACKAGED') !== undefined,
  enableSandbox: () => called('app.enableSandbox'),
  getPath: (name) => join(setting('DATA') ?? '/nowhere', name),
  setPath: (name, path) => called('app.setPath', name, path),
  getVersion: () => '0.0.0-double',
  requestSingleInstanceLock: () => setting('SECOND_INSTANCE') === undefined,
  setAsDefaultProtocolClient: (...args) => {
    called('app.setAsDefaultProtocolClient', ...args);
    return true;
  },
  commandLine: {
    hasSwitch: (name: string) =>
      process.argv.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  } as Electron.CommandLine,
  whenReady: () => Promise.resolve(),
  exit: (code) => {
    const file = setting('CALLS');
    if (file !== undefined) writeFileSync(file, JSON.stringify(calls));
    process.exit(code);
  },
  quit: () => {
    called('app.quit');
    const before = preventable({});
    app.emit('before-quit', before);
    if (before.defaultPrevented) return;
    const event = preventable({});
    app.emit('will-quit', event);
    if (!event.defaultPrevented) process.exit(0);
  },
} satisfies Partial<Electron.App>;
export const app = Object.assign(new EventEmitter(), appMethods);

/** Electron's own is an emitter of Node's with more on it; the host uses none of that. */
export const ipcMain: EventEmitter & Pick<Electron.IpcMain, 'emit' | 'listenerCount'> = new EventEmitter();

type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1];
export const protocolHandlers = new Map<string, ProtocolHandler>();
export const protocol = {
  registerSchemesAsPrivileged: (schemes) => called('protocol.registerSchemesAsPrivileged', schemes),
  handle: (scheme, handler) => void protocolHandlers.set(scheme, handler),
  isProtocolHandled: (scheme) => protocolHandlers.has(scheme),
} satisfies Partial<Electron.Protocol>;

type Handler<K extends keyof Electron.Session> = Electron.Session[K] extends (handler: infer H) => void
  ? NonNullable<H>
  : never;
export const permissionHandlers: {
  request?: Handler<'setPermissionRequestHandler'>;
  check?: Handler<'setPermissionCheckHandler'>;
  device?: Handler<'setDevicePermissionHandler'>;
} = {};
type RequestListener = (
  details: Electron.OnBeforeRequestListenerDetails,
  answer: (response: Electron.CallbackResponse) => void,
) => void;
/** What stands between the window's session and the network. */
export const requests: { before?: RequestListener } = {};
const webRequest = {
  onBeforeRequest: (listener: RequestListener) => void (requests.before = listener),
};
const defaultSession = {
  webRequest,
  setPermissionRequestHandler: (handler) => handler !== null && (permissionHandlers.request = handler),
  setPermissionCheckHandler: (handler) => handler !== null && (permissionHandlers.check = handler),
  setDevicePermissionHandler: (handler) => handler !== null && (permissionHandlers.device = handler),
} satisfies Partial<Omit<Electron.Session, 'webRequest'>> & { webRequest: object };
/** A session without pages. Its requests are Node's own here: Chromium's stack needs the binary. */
const networkSession = {
  setSSLConfig: (config) => called('session.setSSLConfig', config),
  setProxy: (config) => {
    called('session.setProxy', config);
    return Promise.resolve();
  },
  fetch: (input, init) => {
    called('session.fetch');
    return fetch(input, init);
  },
  resolveProxy: () => Promise.resolve(setting('PROXY') ?? 'DIRECT'),
} satisfies Partial<Electron.Session>;
export const session = {
  defaultSession,
  fromPartition: (partition: string, options?: Electron.FromPartitionOptions) => {
    called('session.fromPartition', partition, options);
    return networkSession;
  },
};

export const safeStorage = {
  isAsyncEncryptionAvailable: () => Promise.resolve(setting('KEY_STORE') !== 'missing'),
  getSelectedStorageBackend: () => (setting('KEY_STORE') === 'basic_text' ? 'basic_text' : 'gnome_libsecret'),
  encryptStringAsync: (text) => Promise.resolve(Buffer.from(`double:${Buffer.from(text).toString('hex')}`)),
  decryptStringAsync: (bytes) => {
    const [mark, hex] = bytes.toString().split(':');
    if (mark !== 'double' || hex === undefined) return Promise.reject(new Error('not encrypted here'));
    return Promise.resolve({ result: Buffer.from(hex, 'hex').toString(), shouldReEncrypt: false });
  },
} satisfies Partial<Electron.SafeStorage>;

export const dialog = {
  showSaveDialog: (...args: unknown[]) => {
    const { defaultPath = '' } = args.at(-1) as Electron.SaveDialogOptions;
    called('dialog.showSaveDialog', defaultPath);
    const folder = setting('SAVE_IN');
    return Promise.resolve({
      canceled: folder === undefined,
      filePath: folder === undefined ? '' : join(folder, defaultPath),
    });
  },
  showMessageBox: (...args: unknown[]) => {
    called('dialog.showMessageBox', (args.at(-1) as Electron.MessageBoxOptions).message);
    return Promise.resolve({ response: Number(setting('CHOOSE') ?? '0'), checkboxChecked: false });
  },
} satisfies Partial<Electron.Dialog>;

/** Never started by us: a test looks for this name among the calls. */
export const crashReporter = {
  start: (options) => called('crashReporter.start', options),
} satisfies Partial<Electron.CrashReporter>;

export const shell = {
  openExternal: (url) => {
    called('shell.openExternal', url);
    return Promise.resolve();
  },
} satisfies Partial<Electron.Shell>;

/** A frame as the sender check sees it. */
export type DoubleFrame = Pick<Electron.WebFrameMain, 'origin' | 'url'> & {
  readonly parent: DoubleFrame | null;
};

let nextContentsId = 1;
export class DoubleContents
  extends EventEmitter
  implements
    Pick<
      Electron.WebContents,
      | 'id'
      | 'send'
      | 'reload'
      | 'setWindowOpenHandler'
      | 'print'
      | 'printToPDF'
      | 'getURL'
      | 'getType'
      | 'executeJavaScript'
    >
{
  readonly id = nextContentsId++;
  readonly mainFrame: DoubleFrame = { origin: 'app://lantern', url: 'app://lantern/', parent: null };
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | undefined;
  /** What the page got from its preload, by name. */
  exposed: Record<string, unknown> = {};
  private page = new EventEmitter();
  private readonly preload: string;

  constructor(preload: string) {
    super();
    this.preload = preload;
    app.emit('web-contents-created', preventable({}), this);
  }

  print(...[options, done]: Parameters<Electron.WebContents['print']>): void {
    called('webContents.print', options);
    const reason = setting('PRINT') ?? '';
    done?.(reason === '', reason);
  }

  printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    called('webContents.printToPDF', options, this.id);
    return Promise.resolve(Buffer.from('%PDF-double'));
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  getType(): 'window' {
    return 'window';
  }

  /** In a world of its own that has what the preload gave the page, and nothing of Node's. */
  executeJavaScript(code: string): Promise<unknown> {
    const answer: unknown = vm.runInNewContext(code, { ...this.exposed });
    return Promise.resolve(structuredClone(answer));
  }

  setWindowOpenHandler(handler: NonNullable<DoubleContents['openHandler']>): void {
    this.openHandler = handler;
  }

  /** Main process to page: cloned, as IPC does, and lost when the page has gone. */
  send(channel: string, ...args: unknown[]): void {
    const { page } = this;
    const copies = structuredClone(args);
    setImmediate(() => page.emit(channel, preventable({}), ...copies));
  }

  /** A page is loaded: the navigation starts, then the preload runs in a world that has only `electron`. */
  load(): void {
    this.page.removeAllListeners();
    this.page = new EventEmitter();
    this.exposed = {};
    const details = { url: this.mainFrame.url, isSameDocument: false, isMainFrame: true, frame: null };
    this.emit(
      'did-start-navigation',
      preventable(details satisfies Electron.WebContentsDidStartNavigationEventParams),
    );
    const { page } = this;
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name, api: unknown) => void (this.exposed[name] = api),
      } satisfies Partial<Electron.ContextBridge>,
      ipcRenderer: {
        send: (channel: string, ...args: unknown[]) => this.receive(channel, this.mainFrame, ...args),
        on: (channel: string, listener: (...args: unknown[]) => void) => page.on(channel, listener),
      },
    };
    const require = (name: string): unknown => {
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot load ${name}`);
      return electron;
    };
    vm.runInNewContext(readFileSync(this.preload, 'utf8'), { require, module: { exports: {} }, exports: {} });
  }

  reload(): void {
    called('webContents.reload');
    this.load();
  }

  /** Page to main process, from any frame a test likes to pretend. */
  receive(channel: string, senderFrame: DoubleFrame | null, ...args: unknown[]): void {
    const event = { ...preventable({}), sender: this, senderFrame };
    const copies = structuredClone(args);
    setImmediate(() => ipcMain.emit(channel, event, ...copies));
  }
}

type WindowMethods = 'show' | 'focus' | 'restore' | 'isMinimized' | 'isDestroyed' | 'loadURL';
export const windows: BrowserWindow[] = [];
export const webContents = {
  getAllWebContents: () => windows.map((window) => window.webContents),
};
export class BrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, WindowMethods> {
  readonly webContents: DoubleContents;
  private destroyed = false;
  static getAllWindows(): BrowserWindow[] {
    return windows;
  }

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    called('BrowserWindow', options);
    this.webContents = new DoubleContents(options.webPreferences?.preload ?? '');
    windows.push(this);
  }

  loadURL(url: string): Promise<void> {
    called('window.loadURL', url);
    this.webContents.load();
    this.emit('ready-to-show');
    return Promise.resolve();
  }
  show(): void {
    called('window.show');
  }
  focus(): void {
    called('window.focus');
  }
  restore(): void {
    called('window.restore');
  }
  isMinimized(): boolean {
    return true;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  /** The person closes the window. */
  close(): void {
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.destroyed = true;
    this.emit('closed');
    app.emit('window-all-closed');
  }
}
