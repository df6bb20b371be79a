import { Controller, Get } from '@nestjs/common';

@Controller('session')
export class SessionController {
  static readonly COOKIE = 'sid';

  @Get()
  open() {
    return { minutes: 30 };
  }
}
