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
 * <p>Version 1 had no digest and nothing beside; in version 2 no value was sealed. Since version 3
 * the digest is that of the objects as they stand in the file, so that it can be checked without a
 * key, and tells nothing of what is sealed.
 */
public final class ImageCodec {
  private static final long MAGIC = 0x4b55424552494d47L; // "KUBERIMG"
  private static final int OLDEST_VERSION = 1;
  private static final int WITH_DIGEST = 2;
  private static final int VERSION = 3;
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
  public static void write(TreeImage image, Sealing sealing, OutputStream to) throws IOException {
    write(image, NOTHING, sealing, to);
  }

  /**
   * Writes an image and what its keeper needs beside it; does not close the stream.
   *
   * @param sealing seals the values
   */
  public static void write(TreeImage image, byte[] beside, Sealing sealing, OutputStream to)
      throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER_BYTES));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeLong(image.revision());
    out.writeInt(image.size());
    Digest digest = Digest.NONE;
    for (Iterator<Stored> all = image.all(); all.hasNext(); ) {
      Stored stored = written(all.next(), sealing);
      digest = digest.plus(stored.digest());
      writeStored(stored, Sealing.NONE, out);
    }
    out.writeLong(digest.high());
    out.writeLong(digest.low());
    CommandCodec.writeValue(beside, out);
    out.flush();
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /**
   * Reads an image and opens nothing: values that are sealed stay so. Throws {@link IOException}
   * when the bytes are damaged or of a newer kuber.
   */
  public static TreeImage read(InputStream from) throws IOException {
    return readSaved(from, Sealing.NONE).image();
  }

  /** Reads an image and what stands beside it, and opens its values; throws like {@link #read}. */
  public static Saved readSaved(InputStream from, Sealing sealing) throws IOException {
    CheckedInputStream checked =
        new CheckedInputStream(new BufferedInputStream(from, BUFFER_BYTES), new CRC32C());
    try {
      return readSaved(checked, new DataInputStream(checked), sealing);
    } catch (EOFException e) {
      throw new IOException("the file ends too early", e);
    }
  }

  private static Saved readSaved(CheckedInputStream checked, DataInputStream in, Sealing sealing)
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
    Digest found = Digest.NONE;
    for (int i = 0; i < size; i++) {
      Stored stored = readStored(in, Sealing.NONE);
      found = found.plus(stored.digest());
      image = image.with(revision, null, opened(stored, sealing));
    }
    byte[] beside = NOTHING;
    if (version >= WITH_DIGEST) {
      Digest digest = new Digest(in.readLong(), in.readLong());
      if (!digest.equals(found)) {
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

  /** The object as it is to stand in a file; itself when it is not sealed. */
  private static Stored written(Stored stored, Sealing sealing) {
    return with(stored, sealing.toWrite(stored.key(), stored.kept()));
  }

  private static Stored opened(Stored stored, Sealing sealing) {
    return with(stored, sealing.asRead(stored.key(), stored.kept()));
  }

  private static Stored with(Stored stored, byte[] value) {
    return value == stored.kept() ? stored : new Stored(stored.key(), stored.revision(), value);
  }

  /** Writes one object, its value as {@code sealing} wants it. */
  public static void writeStored(Stored stored, Sealing sealing, DataOutputStream out)
      throws IOException {
    CommandCodec.writeKey(stored.key(), out);
    out.writeLong(stored.revision());
    CommandCodec.writeValue(sealing.toWrite(stored.key(), stored.kept()), out);
  }

  /** Reads one object. */
  public static Stored readStored(DataInputStream in, Sealing sealing) throws IOException {
    Key key = CommandCodec.readKey(in);
    return new Stored(key, in.readLong(), sealing.asRead(key, CommandCodec.readValue(in)));
  }
}
