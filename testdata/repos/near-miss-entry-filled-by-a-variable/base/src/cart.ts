import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

@Injectable()
export class Cart {
  constructor(private readonly configService: ConfigService) {}

  lines(items: string[]) {
    return items.map((item) => item.trim());
  }
}
