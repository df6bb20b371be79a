import { Controller, Get } from '@nestjs/common';

@Controller('session')
export class SessionController {
  static readonly COOKIE = 'session';

  @Get()
  open() {
    return { minutes: 20 };
  }
}
