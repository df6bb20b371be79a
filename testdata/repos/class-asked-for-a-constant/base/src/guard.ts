import { Injectable } from '@nestjs/common';
import { SessionController } from './session.controller';

@Injectable()
export class Guard {
  canActivate(request: { cookies: Record<string, string> }) {
    return request.cookies[SessionController.COOKIE] !== undefined;
  }
}
