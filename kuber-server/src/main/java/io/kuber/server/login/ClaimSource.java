package io.kuber.server.login;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a part of a user comes from. */
sealed interface ClaimSource {
  /** The claim that counts only where it is not said to be unverified. */
  String EMAIL = "email";

  /** Says whether {@link #EMAIL} does. */
  String EMAIL_VERIFIED = "email_verified";

  /** There is no such part. */
  ClaimSource NONE = new Nothing();

  /** The text for a token; empty where there is no such part. */
  String text(Tree claims) throws ClaimException;

  /** The texts for a token. */
  List<String> texts(Tree claims) throws ClaimException;

  /** There is no such part. */
  record Nothing() implements ClaimSource {
    @Override
    public String text(Tree claims) {
      return "";
    }

    @Override
    public List<String> texts(Tree claims) {
      return List.of();
    }
  }

  /**
   * A claim.
   *
   * @param name which
   * @param prefix before what it says
   */
  record Claim(String name, String prefix) implements ClaimSource {
    @Override
    public String text(Tree claims) throws ClaimException {
      if (claims.text(name).isEmpty()) {
        throw new ClaimException("claim not present, or no text");
      }
      return prefix + claims.text(name);
    }

    /** A claim that may be a text or a list of them. */
    @Override
    public List<String> texts(Tree claims) throws ClaimException {
      Object said = Optional.ofNullable(claims.get(name)).orElse(Items.EMPTY);
      List<String> texts = new ArrayList<>();
      for (Object each : said instanceof Items list ? list : Items.of(said)) {
        if (!(each instanceof String text)) {
          throw new ClaimException("claim is neither a text nor a list of texts");
        }
        texts.add(prefix + text);
      }
      return texts;
    }
  }

  /** What an expression comes to. */
  record Computed(ClaimExpression expression) implements ClaimSource {
    @Override
    public String text(Tree claims) throws ClaimException {
      return expression.text(claims);
    }

    @Override
    public List<String> texts(Tree claims) throws ClaimException {
      return expression.texts(claims);
    }
  }

  /** What messages call it. */
  static String label(ClaimSource source) {
    return source instanceof Claim claim ? "claim \"" + claim.name() + "\"" : "expression";
  }
}
