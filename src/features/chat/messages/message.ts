/** Another message, as one points to it. */
export interface Quoted {
  seq: number;
  mine: boolean;
  language: string | null;
  text: string | null; // null: deleted
}

/** As it was when it was corrected; `outdated`: its author has edited it since. */
export interface Corrected extends Quoted {
  outdated: boolean;
}

export interface LastMessage {
  seq: number;
  mine: boolean;
  clientId: string | null; // of one's own messages
  text: string | null; // null: deleted
  language: string | null; // BCP 47, if its author said so
  at: Date;
  isCorrection: boolean;
}

export interface ChatMessage extends Omit<LastMessage, 'isCorrection'> {
  change: number; // the conversation's counter when it last changed
  edits: number;
  editedAt: Date | null;
  answers: Quoted | null;
  corrects: Corrected | null;
  note: string | null; // why it corrects
  reactions: { emoji: string; mine: boolean }[];
  kept: boolean; // by the viewer
}

/** What it said, the first first, and what it says now. */
export interface MessageHistory {
  mine: boolean;
  language: string | null;
  versions: { text: string; at: Date }[];
}
