package io.kuber.node.image.registry;

import java.io.IOException;
import java.io.InputStream;

/**
 * A place that has images of one repository, asked with one set of credentials. Nothing that it
 * gives is checked yet. Every method blocks, and fails with {@link SourceException} when the source
 * says no, or with another {@link IOException} when it cannot be reached.
 */
public interface ImageSource {
  /** Where that is, for errors. */
  String place();

  /**
   * Reads a manifest, at most {@link Manifest#MAX_BYTES}.
   *
   * @param version a tag or a digest
   */
  byte[] manifest(String version) throws IOException;

  /**
   * Opens a blob.
   *
   * @param from the first byte that is wanted; the source may begin at zero all the same
   */
  Blob blob(Digest digest, long from) throws IOException;

  /** Bytes of a blob from an offset on; reading fails when they stop coming. */
  record Blob(InputStream bytes, long from) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }
}
