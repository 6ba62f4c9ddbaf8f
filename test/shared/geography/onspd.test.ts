import { describe, expect, it } from 'vitest';
import { onspdColumns, onspdRow } from '../../../shared/geography/onspd.ts';

// Headers in the two layouts that issues have had; the rows are invented.
const OF_2023 =
  'pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21';
const OF_2025 =
  'pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,oac11ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd';

function read(header: string, values: Readonly<Record<string, string>>) {
  const names = header.split(',');
  const columns = onspdColumns(names);
  if (!columns.ok) throw new Error(columns.error.field);
  return onspdRow(
    names.map((name) => values[name] ?? ''),
    columns.value,
  );
}
const expected = {
  postcode: 'WX4 2QT',
  terminated: false,
  areas: { icb: 'E54000901', subIcb: 'E38000901', localAuthority: 'E06000901' },
  point: { easting: 412_345, northing: 298_765 },
};
const row2023 = {
  pcd: 'WX4 2QT',
  pcds: 'WX4 2QT',
  oslaua: 'E06000901',
  oseast1m: '412345',
  osnrth1m: '0298765',
  osgrdind: '1',
  ctry: 'E92000001',
  sicbl: 'E38000901',
  icb: 'E54000901',
};
const row2025 = {
  pcd7: 'WX4 2QT',
  pcds: 'WX4 2QT',
  lad25cd: 'E06000901',
  east1m: '412345',
  north1m: '298765',
  gridind: '1',
  ctry25cd: 'E92000001',
  sicbl24cd: 'E38000901',
  icb23cd: 'E54000901',
};

describe('the ONS Postcode Directory', () => {
  it('is read in the layout of 2023 and in that of 2025, whatever the year in a name', () => {
    expect(read(OF_2023, row2023)).toEqual({ ok: true, value: expected });
    expect(read(OF_2025, row2025)).toEqual({ ok: true, value: expected });
    const later = OF_2025.replace('lad25cd', 'lad31cd');
    expect(read(later, { ...row2025, lad31cd: 'E06000901' })).toEqual({ ok: true, value: expected });
  });

  it('leaves out what is not England', () => {
    expect(read(OF_2025, { ...row2025, ctry25cd: 'W92000004' })).toEqual({ ok: true, value: undefined });
  });

  it('marks a terminated postcode, and gives no position to one that has none', () => {
    expect(read(OF_2025, { ...row2025, doterm: '202401' })).toMatchObject({ value: { terminated: true } });
    for (const nowhere of [{ gridind: '9' }, { east1m: '0', north1m: '0' }, { east1m: '', north1m: '' }])
      expect(read(OF_2025, { ...row2025, ...nowhere })).not.toHaveProperty('value.point');
  });

  it('reads the code for "no such area" as none', () => {
    expect(read(OF_2025, { ...row2025, icb23cd: 'E99999999' })).toMatchObject({
      value: { areas: { icb: '' } },
    });
  });

  it('names a column that a file does not have, and takes an issue from before there were ICBs', () => {
    expect(onspdColumns(['pcds', 'doterm', 'ctry'])).toMatchObject({
      ok: false,
      error: { code: 'onspd.columns', field: 'localAuthority' },
    });
    expect(onspdColumns(OF_2023.replace(',icb,', ',').split(',')).ok).toBe(true);
  });
});
