export class FeatureFlags {}
