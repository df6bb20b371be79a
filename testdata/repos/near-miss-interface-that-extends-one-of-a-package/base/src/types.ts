import { Remote } from '@desk/services';

export interface IVisitStore {
  all(): Promise<string[]>;
}
export interface IVisitService extends Remote<string, 'id'> {
  all(): Promise<string[]>;
}
