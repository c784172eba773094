package io.kuber.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kernel's {@code struct termios}: four words of flags, the discipline, and what keys mean. */
final class Termios {
  static final int BYTES = 36;

  private static final int INPUT = 0;
  private static final int OUTPUT = 4;
  private static final int CONTROL = 8;
  private static final int LOCAL = 12;
  private static final int KEYS = 17;

  /** IGNBRK, BRKINT, PARMRK, ISTRIP, INLCR, IGNCR, ICRNL, IXON: what changes input. */
  private static final int CHANGED_INPUT = 0x5eb;

  private static final int OPOST = 0x1;

  /** CSIZE and PARENB, of which CS8 is set again. */
  private static final int FRAMING = 0x130;

  private static final int CS8 = 0x30;
  private static final int ECHO = 0x8;

  /** ECHO, ECHONL, ICANON, ISIG, IEXTEN: lines, and keys that do something. */
  private static final int EDITING = 0x804b;

  private static final int VTIME = 5;
  private static final int VMIN = 6;

  private final byte[] bytes;

  Termios(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Every byte at once and unchanged, in both directions (cfmakeraw). */
  Termios raw() {
    Termios changed = new Termios(bytes);
    ByteBuffer fields = changed.fields();
    clear(fields, INPUT, CHANGED_INPUT);
    clear(fields, OUTPUT, OPOST);
    clear(fields, LOCAL, EDITING);
    clear(fields, CONTROL, FRAMING);
    fields.putInt(CONTROL, fields.getInt(CONTROL) | CS8);
    fields.put(KEYS + VMIN, (byte) 1);
    fields.put(KEYS + VTIME, (byte) 0);
    return changed;
  }

  /** Lines as before, but unseen. */
  Termios silent() {
    Termios changed = new Termios(bytes);
    clear(changed.fields(), LOCAL, ECHO);
    return changed;
  }

  private ByteBuffer fields() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }

  private static void clear(ByteBuffer fields, int at, int bits) {
    fields.putInt(at, fields.getInt(at) & ~bits);
  }
}
