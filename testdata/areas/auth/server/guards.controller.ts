// A guard that changes is about access; a new route simply has its own.
import { Controller, Get, UseGuards } from "@nestjs/common";
import { AuthGuard } from "./guard";

@Controller("reports") //~ area endpoint
export class ReportController {
  @Get("all") //~ area endpoint
  @UseGuards(AuthGuard) //~ area auth
  all() {
    return this.reports.all();
  }
}
