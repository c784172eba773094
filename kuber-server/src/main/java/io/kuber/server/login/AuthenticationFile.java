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
import java.util.ArrayList;
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
  private final boolean mayTellOfStrangers;
  private final String issuer;
  private volatile Holding holding;
  private byte[] seen;

  private AuthenticationFile(
      Path file,
      InstantSource clock,
      LoginMetrics metrics,
      boolean mayTellOfStrangers,
      String issuer)
      throws IOException {
    this.issuer = issuer;
    this.file = file;
    this.clock = clock;
    this.metrics = metrics;
    this.mayTellOfStrangers = mayTellOfStrangers;
    this.seen = bytes(file);
    this.holding = holding(parsed(seen), List.of());
  }

  /**
   * Reads a file.
   *
   * @param metrics counts how often it was read again
   * @param mayTellOfStrangers whether nobody else says where one may come without credentials
   * @param issuer the name of the cluster's own, which is also what the API server calls itself
   * @throws IOException when it cannot be read or is wrong; the message names file and fields
   */
  public static AuthenticationFile open(
      Path file,
      InstantSource clock,
      LoginMetrics metrics,
      boolean mayTellOfStrangers,
      String issuer)
      throws IOException {
    return new AuthenticationFile(file, clock, metrics, mayTellOfStrangers, issuer);
  }

  /** Where one may come without credentials, if the file says so. */
  public Optional<Strangers> strangers() {
    return holding.strangers;
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    return holding.tokens.authenticate(token, audiences);
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
      said = parsed(text);
    } catch (IOException e) {
      metrics.reloaded(false, clock.instant());
      throw e;
    }
    holding = holding(said, holding.keys);
    metrics.reloaded(true, clock.instant());
    LOG.info("{} has changed; tokens of {} providers count", file, said.providers().size());
  }

  /** What holds now. */
  private record Holding(
      Authenticator tokens, List<IssuerKeys> keys, Optional<Strangers> strangers) {}

  /** An issuer that was there before may be away now, and its keys still count. */
  private Holding holding(AuthenticationConfig said, List<IssuerKeys> known) {
    List<Authenticator> tokens = new ArrayList<>();
    List<IssuerKeys> keys = new ArrayList<>();
    for (OpenIdConfig provider : said.providers()) {
      IssuerKeys its =
          known.stream()
              .filter(before -> before.areOf(provider.issuer()))
              .findFirst()
              .orElseGet(() -> new IssuerKeys(provider.issuer(), clock));
      keys.add(its);
      tokens.add(new OpenIdTokens(provider, its, clock, List.of(issuer)));
    }
    return new Holding(new Authenticators(tokens), keys, said.anonymous());
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(
          "--authentication-config " + file + ": is larger than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private AuthenticationConfig parsed(byte[] text) throws IOException {
    try {
      AuthenticationConfig said = AuthenticationReader.read(Yaml.parse(text), issuer);
      if (said.anonymous().isPresent() && !mayTellOfStrangers) {
        throw new IllegalArgumentException(
            "anonymous and --anonymous-auth are mutually exclusive: leave one out");
      }
      return said;
    } catch (MalformedException | IllegalArgumentException wrong) {
      throw new IOException("--authentication-config " + file + ": " + wrong.getMessage(), wrong);
    }
  }
}
