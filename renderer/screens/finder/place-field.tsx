import { DraftInput } from '../../components/draft-fields.tsx';
import { DraftSelect } from '../../components/draft-select.tsx';
import { type DirectoryService } from '../../../shared/directory/service.ts';
import { type AreaCodes } from '../../../shared/geography/place.ts';
import { type AreaNames } from '../../../shared/directory/area-names.ts';
import { areaChoices, placeWords, settledAreas } from '../derive/areas.ts';
import { type PlaceView } from './use-place.ts';

/** Where a place is: a postcode, its first half or a landmark, and the area by hand where these do not say it. */
export function PlaceField(props: {
  readonly place: PlaceView;
  readonly label: string;
  readonly areaLabel: string;
  readonly all: readonly AreaCodes[];
  readonly services: readonly DirectoryService[];
  readonly names: AreaNames;
}) {
  const { place, label, areaLabel, all, services, names } = props;
  const { found, issue, placeKey, areaKey, initial } = place;
  const options = areaChoices(found, all, services, names);
  return (
    <div className="place-field">
      <DraftInput
        draftKey={placeKey}
        label={label}
        hint={placeWords(found, names, issue)}
        initial={initial}
      />
      {settledAreas(found) !== undefined || options.length === 0 ? null : (
        <DraftSelect draftKey={areaKey} label={areaLabel} options={options} />
      )}
    </div>
  );
}
