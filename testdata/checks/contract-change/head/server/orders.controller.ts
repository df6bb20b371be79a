import { Controller, Get, Post } from '@nestjs/common';

@Controller('orders')
export class OrdersController {
  @Get(':orderId')
  read() {}

  @Get('by-kind')
  byState() {}

  @Post('/')
  create() {}
}
