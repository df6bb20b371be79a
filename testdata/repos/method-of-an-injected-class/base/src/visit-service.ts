import { Injectable } from '@nestjs/common';
import { db } from './db';

@Injectable()
export class VisitService {
  async all() {
    const visits = await db.select('visits');
    return visits;
  }
}
