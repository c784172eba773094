package io.kuber.store;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * An image as a file: magic, version, revision, number of objects, the objects in order, and a
 * checksum of all that. The revision is part of it, because the log before it is gone.
 */
public final class ImageCodec {
  private static final long MAGIC = 0x4b55424552494d47L; // "KUBERIMG"
  private static final int VERSION = 1;
  private static final int BUFFER_BYTES = 1 << 16;

  private ImageCodec() {}

  /** Writes an image; does not close the stream. */
  public static void write(TreeImage image, OutputStream to) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER_BYTES));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeLong(image.revision());
    out.writeInt(image.size());
    for (Iterator<Stored> all = image.all(); all.hasNext(); ) {
      Stored stored = all.next();
      CommandCodec.writeKey(stored.key(), out);
      out.writeLong(stored.revision());
      CommandCodec.writeValue(stored.value(), out);
    }
    out.flush();
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }

  /** Reads an image; throws {@link IOException} when the bytes are damaged or of a newer kuber. */
  public static TreeImage read(InputStream from) throws IOException {
    CheckedInputStream checked =
        new CheckedInputStream(new BufferedInputStream(from, BUFFER_BYTES), new CRC32C());
    DataInputStream in = new DataInputStream(checked);
    if (in.readLong() != MAGIC) {
      throw new IOException("this is no image of kuber");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("an image of version " + version + ", but this kuber reads " + VERSION);
    }
    long revision = in.readLong();
    int size = in.readInt();
    TreeImage image = TreeImage.EMPTY;
    for (int i = 0; i < size; i++) {
      Key key = CommandCodec.readKey(in);
      image = image.with(revision, new Stored(key, in.readLong(), CommandCodec.readValue(in)));
    }
    long checksum = checked.getChecksum().getValue();
    if (in.readLong() != checksum) {
      throw new IOException("the checksum of the image is wrong: the file is damaged");
    }
    return size == 0 ? TreeImage.EMPTY.at(revision) : image;
  }
}
