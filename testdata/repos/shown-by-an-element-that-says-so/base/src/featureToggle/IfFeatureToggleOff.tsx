import FeatureToggle, { Mode } from './FeatureToggle';
import { FeatureToggles } from '../toggles';

export default function IfFeatureToggleOff(props: { toggleID: FeatureToggles; children: unknown }) {
  return <FeatureToggle {...props} mode={Mode.OFF} />;
}
