import { type HubApp } from '../deps.ts';

export function openapiRoute(app: HubApp): void {
  app.route({
    method: 'GET',
    url: '/v1/openapi.json',
    schema: { hide: true },
    handler: async () => app.swagger(),
  });
}
