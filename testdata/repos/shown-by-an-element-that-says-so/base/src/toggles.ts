export enum FeatureToggles {
  details = 'alerts.details',
}
