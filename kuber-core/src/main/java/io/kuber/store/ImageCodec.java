package io.kuber.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * An image as a file: magic, version, revision, number of objects, the objects in order, the digest
 * of the image, what its keeper needs beside it, and a checksum of all that. The revision is part
 * of it, because the log before it is gone.
 *
 * <p>Version 1 had no digest and nothing beside.
 */
public final class ImageCodec {
  private static final long MAGIC = 0x4b55424552494d47L; // "KUBERIMG"
  private static final int OLDEST_VERSION = 1;
  private static final int VERSION = 2;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final byte[] NOTHING = new byte[0];

  private ImageCodec() {}

  /**
   * What a file holds.
   *
   * @param beside what the keeper of the image put there; empty when it was nothing
   */
  public record Saved(TreeImage image, byte[] beside) {}

  /** Writes an image with nothing beside; does not close the stream. */
  public static void write(TreeImage image, OutputStream to) throws IOException {
    write(image, NOTHING, to);
  }

  /** Writes an image and what its keeper needs beside it; does not close the stream. */
  public static void write(TreeImage image, byte[] beside, OutputStream to) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER_BYTES));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeLong(image.revision());
    out.writeInt(image.size());
    for (Iterator<Stored> all = image.all(); all.hasNext(); ) {
      writeStored(all.next(), out);
    }
    out.writeLong(image.digest().high());
    out.writeLong(image.digest().low());
    CommandCodec.writeValue(beside, out);
    out.flush();
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /** Reads an image; throws {@link IOException} when the bytes are damaged or of a newer kuber. */
  public static TreeImage read(InputStream from) throws IOException {
    return readSaved(from).image();
  }

  /** Reads an image and what stands beside it; throws like {@link #read}. */
  public static Saved readSaved(InputStream from) throws IOException {
    CheckedInputStream checked =
        new CheckedInputStream(new BufferedInputStream(from, BUFFER_BYTES), new CRC32C());
    try {
      return readSaved(checked, new DataInputStream(checked));
    } catch (EOFException e) {
      throw new IOException("the file ends too early", e);
    }
  }

  private static Saved readSaved(CheckedInputStream checked, DataInputStream in)
      throws IOException {
    if (in.readLong() != MAGIC) {
      throw new IOException("this is no image of kuber");
    }
    int version = in.readInt();
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new IOException(
          "an image of version " + version + ", but this kuber reads up to " + VERSION);
    }
    long revision = in.readLong();
    TreeImage image = TreeImage.EMPTY.at(revision);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      image = image.with(revision, null, readStored(in));
    }
    byte[] beside = NOTHING;
    if (version > OLDEST_VERSION) {
      Digest digest = new Digest(in.readLong(), in.readLong());
      if (!digest.equals(image.digest())) {
        throw new IOException("the objects do not add up to the digest that was written with them");
      }
      beside = CommandCodec.readValue(in);
    }
    long checksum = checked.getChecksum().getValue();
    if (in.readLong() != checksum) {
      throw new IOException("the checksum of the image is wrong: the file is damaged");
    }
    return new Saved(image, beside);
  }

  /** Writes one object. */
  public static void writeStored(Stored stored, DataOutputStream out) throws IOException {
    CommandCodec.writeKey(stored.key(), out);
    out.writeLong(stored.revision());
    CommandCodec.writeValue(stored.value(), out);
  }

  /** Reads one object. */
  public static Stored readStored(DataInputStream in) throws IOException {
    Key key = CommandCodec.readKey(in);
    return new Stored(key, in.readLong(), CommandCodec.readValue(in));
  }
}
