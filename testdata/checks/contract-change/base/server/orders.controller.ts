import { Controller, Get, Post } from '@nestjs/common';

@Controller('/orders')
export class OrdersController {
  @Get('/:id')
  read() {}

  @Get('/by-state/:state') //~ contract-change: `GET /orders/by-state/:state` is `GET /orders/by-kind` now
  byState() {}

  @Post()
  create() {}
}
