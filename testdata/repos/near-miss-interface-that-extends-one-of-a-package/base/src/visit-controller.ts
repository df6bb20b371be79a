import { BaseController } from '@desk/http';
import { IVisitService } from './types';

export class VisitController extends BaseController {
  constructor(private visits: IVisitService) {
    super();
    this.route({ method: 'get', path: '/', handler: this.listVisits });
  }

  async listVisits(req, res) {
    res.json(await this.visits.all());
  }
}
