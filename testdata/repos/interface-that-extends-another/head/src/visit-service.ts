import { IVisitService, IVisitStore } from './types';

export class VisitService implements IVisitService {
  constructor(private store: IVisitStore) {}

  async all() {
    return this.store.all();
  }

  async overlapping(from: string) {
    await fetch('https://calendar.example.com/free');
    return this.sorted(await this.store.startingAfter(from));
  }

  private sorted(visits: string[]) {
    return [...visits].sort();
  }
}
