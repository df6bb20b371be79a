// NestJS.
import { Body, Controller, Get, Post, Query } from "@nestjs/common";

@Controller("orders") //~ area endpoint:high
export class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Get() //~ area endpoint
  list() {
    return this.orders.list();
  }

  @Post()
  create(
    @Body() body: CreateOrder, //~ area endpoint
  ) {
    return this.orders.create(body);
  }
}
