package io.kuber.server.login;

import io.kuber.access.Authentication;
import io.kuber.access.Authenticator;
import io.kuber.access.Authenticators;
import io.kuber.access.Strangers;
import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import io.kuber.server.metric.LoginMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the tokens of the OpenID providers that an {@code AuthenticationConfiguration} names, and
 * reads it again when it has changed ({@code --authentication-config}).
 *
 * <p>Tokens may be shown on any thread; {@link #look} is called by one at a time.
 */
public final class AuthenticationFile implements Authenticator {
  private static final int MAX_BYTES = 1 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFile.class);

  private final Path file;
  private final InstantSource clock;
  private final LoginMetrics metrics;
  private final Optional<Strangers> strangers;
  private volatile Authenticator providers;
  private byte[] seen;

  private AuthenticationFile(
      Path file,
      InstantSource clock,
      LoginMetrics metrics,
      byte[] text,
      AuthenticationConfig said) {
    this.file = file;
    this.clock = clock;
    this.metrics = metrics;
    this.strangers = said.anonymous();
    this.providers = knowing(said);
    this.seen = text;
  }

  /**
   * Reads a file.
   *
   * @param metrics counts how often it was read again
   * @throws IOException when it cannot be read or is wrong; the message names file and fields
   */
  public static AuthenticationFile open(Path file, InstantSource clock, LoginMetrics metrics)
      throws IOException {
    byte[] text = bytes(file);
    return new AuthenticationFile(file, clock, metrics, text, parsed(file, text));
  }

  /** Where one may come without credentials, if the file said so when it was first read. */
  public Optional<Strangers> strangers() {
    return strangers;
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    return providers.authenticate(token, audiences);
  }

  /**
   * Reads the file again if it has changed. What is wrong is told and counted once, and until it is
   * mended what the file said before holds.
   *
   * @throws IOException when it cannot be read or is wrong; the message names file and fields
   */
  public void look() throws IOException {
    byte[] text = bytes(file);
    if (Arrays.equals(text, seen)) {
      return;
    }
    seen = text;
    AuthenticationConfig said;
    try {
      said = parsed(file, text);
    } catch (IOException e) {
      metrics.reloaded(false, clock.instant());
      throw e;
    }
    providers = knowing(said);
    metrics.reloaded(true, clock.instant());
    LOG.info("{} has changed; tokens of {} providers count", file, said.providers().size());
    if (!said.anonymous().equals(strangers)) {
      LOG.warn("{}: anonymous: takes a restart", file);
    }
  }

  private Authenticator knowing(AuthenticationConfig said) {
    return new Authenticators(
        said.providers().stream()
            .<Authenticator>map(provider -> OpenIdTokens.of(provider, clock))
            .toList());
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(
          "--authentication-config " + file + ": is larger than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private static AuthenticationConfig parsed(Path file, byte[] text) throws IOException {
    try {
      return AuthenticationReader.read(Yaml.parse(text));
    } catch (MalformedException | IllegalArgumentException wrong) {
      throw new IOException("--authentication-config " + file + ": " + wrong.getMessage(), wrong);
    }
  }
}
