import { Remote } from '@desk/services';

export interface IVisitStore {
  all(): Promise<string[]>;
  startingAfter(from: string): Promise<string[]>;
}
export interface IVisitService extends Remote<string, 'id'> {
  all(): Promise<string[]>;
  overlapping(from: string): Promise<string[]>;
}
