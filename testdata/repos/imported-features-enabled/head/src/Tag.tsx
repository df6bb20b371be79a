import { isDevFeaturesEnabled } from './consts/env';
export const Tag = ({ app }) => <b>{app.name}{isDevFeaturesEnabled && <i>{app.flow}</i>}</b>;
