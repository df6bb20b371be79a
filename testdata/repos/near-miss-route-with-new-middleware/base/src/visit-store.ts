import { db } from './db';
export const allVisits = () => db.select('visits');
