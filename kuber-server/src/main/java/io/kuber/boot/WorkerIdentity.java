package io.kuber.boot;

import io.kuber.node.join.Certifying.UncertifiedException;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.NodeKeys;
import io.kuber.server.trust.RenewedKeys;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the certificates of a node on a machine of its own, kept young: another is asked for when
 * a third of its life is left, or when somebody has taken the file away. Owned by the loop of
 * {@link CertificateCare} once that looks.
 */
final class WorkerIdentity implements CertificateCare.Part {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerIdentity.class);

  private final String name;
  private final NodeKeys files;
  private final RenewedKeys shown;
  private final Source source;
  private final Runnable onRenewal;

  /** Where new ones come from. */
  @FunctionalInterface
  interface Source {
    Identity ask() throws UncertifiedException, InterruptedException;
  }

  private WorkerIdentity(
      String name, NodeKeys files, RenewedKeys shown, Source source, Runnable onRenewal) {
    this.name = name;
    this.files = files;
    this.shown = shown;
    this.source = source;
    this.onRenewal = onRenewal;
  }

  /**
   * The identity that is kept, or else a new one, which is kept then.
   *
   * @throws StartException when there is none, and nobody gives one
   */
  static Identity open(String name, NodeKeys files, Instant now, Source source)
      throws IOException, StartException, InterruptedException {
    Optional<Identity> kept = files.identity(name, now);
    if (kept.isPresent()) {
      return kept.get();
    }
    try {
      Identity given = source.ask();
      files.keep(name, given);
      return given;
    } catch (UncertifiedException e) {
      throw new StartException(
          "the certificate " + name + " of this node is not to be had: " + e.getMessage());
    }
  }

  /** Keeps young what is shown; {@code onRenewal} runs whenever there is another. */
  static WorkerIdentity caredFor(
      String name, NodeKeys files, RenewedKeys shown, Source source, Runnable onRenewal) {
    return new WorkerIdentity(name, files, shown, source, onRenewal);
  }

  @Override
  public void look(Instant now) throws IOException {
    Optional<Identity> kept = files.identity(name, now).filter(young -> !young.isToBeRenewed(now));
    if (kept.isEmpty()) {
      show(renewed());
    } else if (!kept.get().certificate().equals(shown.shown().certificate())) {
      show(kept.get());
    }
  }

  private Identity renewed() throws IOException {
    try {
      Identity given = source.ask();
      files.keep(name, given);
      return given;
    } catch (UncertifiedException e) {
      throw new IOException("the certificate " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a certificate was asked for", e);
    }
  }

  private void show(Identity next) {
    shown.show(next);
    onRenewal.run();
    LOG.info(
        "the certificate {} is new, good until {}",
        name,
        next.certificate().getNotAfter().toInstant());
  }
}
