import { FlagsService } from '../flags/flags.service';
import { DepositService } from '../deposits/deposit.service';
import { RoomService } from '../rooms/room.service';

export class EndService {
  constructor(
    private readonly flags: FlagsService,
    private readonly first: DepositService,
    private readonly second: RoomService,
  ) {}

  async end(lease: Lease) {
    await this.first.release(lease);
    if (this.flags.isEnabled('free-rooms')) {
      await this.second.release(lease);
    }
  }
}
