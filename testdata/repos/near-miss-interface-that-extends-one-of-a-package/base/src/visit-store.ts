import { IVisitStore } from './types';
import { db } from './db';

export class VisitStore implements IVisitStore {
  async all() {
    return db.select('visits');
  }
}
