export interface IVisitStore {
  all(): Promise<string[]>;
}
export interface IVisitService {
  all(): Promise<string[]>;
}
