import { IVisitService, IVisitStore } from './types';

export class VisitService implements IVisitService {
  constructor(private store: IVisitStore) {}

  async all() {
    return this.store.all();
  }
}
