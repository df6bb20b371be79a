import { db } from './db';
export const allVisits = () => db.select('visits');
export const overlappingVisits = (from: string) => db.select('visits', { from });
