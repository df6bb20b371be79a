export interface Remote<T, K> {
  all(): Promise<T[]>;
}
export interface IVisitStore {
  all(): Promise<string[]>;
}
export interface IVisitService extends Remote<string, 'id'> {
  all(): Promise<string[]>;
}
