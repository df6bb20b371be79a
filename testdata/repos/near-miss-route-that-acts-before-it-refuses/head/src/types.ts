export interface IVisitStore {
  all(): Promise<string[]>;
  startingAfter(from: string): Promise<string[]>;
}
export interface IVisitService {
  all(): Promise<string[]>;
  overlapping(from: string): Promise<string[]>;
}
