// Not what is sent to anybody.
export interface MailContextResponse {
  sender: string;
  disabled: boolean;
}
