import { FeatureToggles } from './toggles';
import IfFeatureToggleOn from './featureToggle/IfFeatureToggleOn';
import IfFeatureToggleOff from './featureToggle/IfFeatureToggleOff';

export const Alerts = ({ all }: { all: string[] }) => <section><Alert all={all} /><IfFeatureToggleOn toggleID={FeatureToggles.details}><Details all={all} /></IfFeatureToggleOn></section>;
