package io.kuber.server.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What the API server proves itself with to extension servers, which then believe the headers that
 * tell on whose behalf it asks. The authority behind it vouches for nothing else: whoever has a
 * certificate of it can be anybody there (kubeadm's {@code front-proxy-ca}).
 *
 * <p>For any thread.
 */
public final class FrontProxy {
  /** The one name that extension servers are told to believe. */
  public static final String NAME = "front-proxy-client";

  private static final String AUTHORITY = "front-proxy-ca";
  private static final Duration LIFETIME = Duration.ofDays(365);

  private final Optional<Path> directory;
  private final InstantSource clock;
  private volatile @Nullable Shown shown;

  private FrontProxy(Optional<Path> directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** The certificate of one moment, and who vouches for it. */
  private record Shown(Identity authority, Identity client) {}

  /**
   * One whose files are in a directory, where they are made if they are missing or a new
   * certificate is due.
   *
   * @throws IOException when a file cannot be read, written or understood
   */
  public static FrontProxy open(Path directory, InstantSource clock) throws IOException {
    FrontProxy proxy = new FrontProxy(Optional.of(directory), clock);
    proxy.look(clock.instant());
    return proxy;
  }

  /** One in memory, which is made when it is asked for first. */
  public static FrontProxy inMemory(InstantSource clock) {
    return new FrontProxy(Optional.empty(), clock);
  }

  /** Sees to it that the certificate is young. */
  public synchronized void look(Instant now) throws IOException {
    if (directory.isPresent()) {
      PkiDirectory files = PkiDirectory.at(directory.get());
      try {
        shown = read(files, now);
      } catch (GeneralSecurityException e) {
        throw files.unusable(e);
      }
    }
  }

  private static Shown read(PkiDirectory files, Instant now)
      throws IOException, GeneralSecurityException {
    CertificateAuthority authority = files.authority(AUTHORITY, "kuber-front-proxy", now);
    Identity client = authority.recognised(files.young(NAME, now));
    if (client == null) {
      client = authority.issueClient(NAME, List.of(), LIFETIME);
      files.write(NAME, client);
    }
    return new Shown(authority.identity(), client);
  }

  private synchronized Shown shown() {
    Shown now = shown;
    if (now == null || (directory.isEmpty() && now.client.isToBeRenewed(clock.instant()))) {
      now = made();
      shown = now;
    }
    return now;
  }

  private Shown made() {
    try {
      CertificateAuthority authority =
          CertificateAuthority.create("kuber-front-proxy", clock.instant());
      return new Shown(authority.identity(), authority.issueClient(NAME, List.of(), LIFETIME));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM makes no authority", e);
    }
  }

  /** What is shown now; another object once it is another certificate. */
  public Identity client() {
    return shown().client;
  }

  /** Who vouches for it, as PEM. */
  public String authorityPem() {
    return shown().authority.certificatePem();
  }

  /** What shows an identity in TLS. */
  public static KeyManager[] keys(Identity identity) throws GeneralSecurityException {
    try {
      return ClientTls.keys(identity);
    } catch (IOException e) {
      throw new GeneralSecurityException("this JVM keeps no keys in memory", e);
    }
  }
}
