package io.kuber.store;

import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import org.jspecify.annotations.Nullable;

/**
 * An object as the store keeps it: canonical JSON without {@code metadata.resourceVersion}, and the
 * revision that takes its place.
 *
 * <p>Immutable. The parsed object and the digest are made on first use and kept; two threads that
 * race for them make them twice, which costs time and nothing else.
 */
public final class Stored {
  private final Key key;
  private final long revision;
  private final byte[] value;
  private @Nullable KubeObject object;
  private @Nullable Digest digest;

  /** The object of {@code key}, last written at {@code revision}; {@code value} is not copied. */
  public Stored(Key key, long revision, byte[] value) {
    this.key = key;
    this.revision = revision;
    this.value = value;
  }

  /** Where the object lives. */
  public Key key() {
    return key;
  }

  /** The revision of its last write, which is its {@code resourceVersion}. */
  public long revision() {
    return revision;
  }

  /**
   * Canonical JSON without {@code resourceVersion}; nobody may write into the array.
   *
   * @throws SealedException when {@link #isSealed}, like all that reads the object
   */
  public byte[] value() {
    if (isSealed()) {
      throw new SealedException(key);
    }
    return value;
  }

  /** Whether no key of this server opens the value; such an object is in no list. */
  public boolean isSealed() {
    return Sealing.isSealed(value);
  }

  /** The value, or what is left of it when {@link #isSealed}; for whoever writes objects down. */
  public byte[] kept() {
    return value;
  }

  /** What this object adds to the digest of an image; kept, because its end takes it away again. */
  Digest digest() {
    Digest known = digest;
    if (known == null) {
      known = Digest.of(key, revision, value);
      digest = known;
    }
    return known;
  }

  /** The object, with its {@code resourceVersion}. */
  public KubeObject object() {
    KubeObject parsed = passing();
    object = parsed;
    return parsed;
  }

  /**
   * As {@link #object}, but parsed for the caller alone unless it is kept already: for whoever
   * passes by many objects once, whose trees would take three times the memory of their bytes.
   */
  public KubeObject passing() {
    KubeObject kept = object;
    return kept != null
        ? kept
        : KubeObject.of(Json.parse(value()))
            .with(Long.toString(revision), "metadata", "resourceVersion");
  }

  /** {@code metadata} as in {@link #passing}, without parsing what stands behind it. */
  public Tree passingMetadata() {
    KubeObject kept = object;
    return kept != null
        ? kept.metadata()
        : Json.parseTreeAt(value(), "metadata").with("resourceVersion", Long.toString(revision));
  }

  /** {@code metadata.labels} as in {@link #passing}, without parsing what stands behind them. */
  public Tree passingLabels() {
    KubeObject kept = object;
    return kept != null
        ? kept.metadata().tree("labels")
        : Json.parseTreeAt(value(), "metadata", "labels");
  }
}
