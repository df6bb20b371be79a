import { Injectable } from '@nestjs/common';
import { db } from './db';
import { unleash } from './flags';

@Injectable()
export class VisitService {
  async all() {
    const visits = await db.select('visits');
    return unleash.isEnabled('overlapping-visits') ? this.onModuleInit(visits) : visits;
  }

  async onModuleInit(visits) {
    await fetch('https://calendar.example.com/free');
    return [...visits, ...(await db.select('overlaps'))];
  }
}
