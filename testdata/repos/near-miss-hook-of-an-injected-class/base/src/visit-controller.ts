import { Controller, Get } from '@nestjs/common';
import { VisitService } from './visit-service';

@Controller('visits')
export class VisitController {
  constructor(private readonly visits: VisitService) {}

  @Get()
  all() {
    return this.visits.all();
  }
}
