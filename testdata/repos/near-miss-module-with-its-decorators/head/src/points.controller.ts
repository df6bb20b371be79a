import { Controller, Get, Module } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Tracked } from './tracked';

@Tracked()
@ApiTags('points')
@Controller({ path: 'points', version: '1' })
export class PointsController {
  @Get(':id')
  points() {
    return { points: 12 };
  }
}

@Module({ controllers: [PointsController] })
export class PointsModule {}
