import { Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

@Injectable()
export class Cart {
  private readonly isTipping: boolean;

  constructor(private readonly configService: ConfigService) {
    this.isTipping = this.configService.getOrThrow('features.tips');
  }

  lines(items: string[]) {
    if (this.isTipping) {
      return items.map((item) => item.trim()).concat('tip');
    }
    return items.map((item) => item.trim());
  }
}
