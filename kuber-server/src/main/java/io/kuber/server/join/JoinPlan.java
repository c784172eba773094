package io.kuber.server.join;

import io.kuber.api.StatusReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What becomes of somebody who wants to join. */
sealed interface JoinPlan {
  /** What a server may be called: as a node may (RFC 1123), and short. */
  Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?");

  /** The keys may be handed over. */
  record Admit() implements JoinPlan {}

  /**
   * They may not.
   *
   * @param message says why, and what to do, to whoever pasted the token
   */
  record Refuse(StatusReason reason, String message) implements JoinPlan {}

  /**
   * Decides on the word of a stranger. Somebody whose secret does not hold learns nothing of what
   * there is.
   *
   * @param tokens finds what is kept of a token, by its id
   * @param members the names of the servers there are
   */
  static JoinPlan decide(
      JoinRequest request,
      Function<String, Optional<TokenSecret>> tokens,
      List<String> members,
      Instant now) {
    BootstrapToken shown;
    try {
      shown = BootstrapToken.parse(request.token());
    } catch (IllegalArgumentException malformed) {
      return new Refuse(StatusReason.UNAUTHORIZED, "--token: " + malformed.getMessage());
    }
    Optional<TokenSecret> kept =
        tokens.apply(shown.id()).filter(each -> each.token().hasSecret(shown.secret()));
    if (kept.isEmpty()) {
      return new Refuse(
          StatusReason.UNAUTHORIZED,
          "the token "
              + shown.id()
              + " is not known here; it was mistyped or deleted: make another with kuber token"
              + " create");
    }
    return decide(request, kept.get(), members, now);
  }

  private static JoinPlan decide(
      JoinRequest request, TokenSecret token, List<String> members, Instant now) {
    if (token.isExpired(now)) {
      return new Refuse(
          StatusReason.UNAUTHORIZED,
          "the token "
              + token.token().id()
              + " expired at "
              + token.expires().orElseThrow()
              + ": make another with kuber token create");
    }
    if (!token.isForServers()) {
      return new Refuse(
          StatusReason.FORBIDDEN,
          "the token "
              + token.token().id()
              + " is not for servers: make one with kuber token create");
    }
    if (!NAME.matcher(request.name()).matches()) {
      return new Refuse(
          StatusReason.BAD_REQUEST,
          "--name: a server's name has small letters, digits, dots and dashes, at most 63");
    }
    if (members.contains(request.name())) {
      return new Refuse(
          StatusReason.CONFLICT,
          "there is a server named %s; choose another --name, or, where that machine is gone, first run: kuber server remove %s"
              .formatted(request.name(), request.name()));
    }
    return new Admit();
  }
}
