export class Feature<T> {
  readonly id: string;
  readonly defaultValue: T;

  constructor(id: string, defaultValue: T) {
    this.id = id;
    this.defaultValue = defaultValue;
  }
}

const feature = {
  showError: new Feature('show_error', false),
};

export const featureOld = new Feature('old_page', false);
export { feature };
