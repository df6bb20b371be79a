import { BaseController, NotFound } from '@desk/http';
import { unleash } from './flags';
import { IVisitService } from './types';

export class VisitController extends BaseController {
  constructor(private visits: IVisitService) {
    super();
    this.route({ method: 'get', path: '/', handler: this.listVisits });
    this.route({
      method: 'get',
      path: '/overlapping',
      handler: this.listOverlappingVisits,
      summary: 'Visits that overlap',
    });
  }

  async listVisits(req, res) {
    res.json(await this.visits.all());
  }

  async listOverlappingVisits(req, res) {
    if (!unleash.isEnabled('overlapping-visits')) {
      throw new NotFound();
    }
    res.json(await this.visits.overlapping(req.query.from));
  }
}
