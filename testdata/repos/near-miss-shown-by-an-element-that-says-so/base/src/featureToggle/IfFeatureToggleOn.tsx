import FeatureToggle, { Mode } from './FeatureToggle';
import { FeatureToggles } from '../toggles';

export default function IfFeatureToggleOn(props: { toggleID: FeatureToggles; children: unknown }) {
  return <FeatureToggle {...props} mode={Mode.ON} />;
}
