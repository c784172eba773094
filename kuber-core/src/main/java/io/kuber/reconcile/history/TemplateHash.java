package io.kuber.reconcile.history;

import io.kuber.json.Json;
import io.kuber.object.Tree;

/** Short hashes that name what was made of a template. */
public final class TemplateHash {
  /** Letters of encoded numbers: no vowels, so that no words arise. */
  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  private static final int FNV_OFFSET = 0x811C9DC5;
  private static final int FNV_PRIME = 0x01000193;

  private TemplateHash() {}

  /** The hash of a tree; another one for every number of collisions. */
  public static String of(Tree tree, long collisions) {
    int hash = FNV_OFFSET;
    for (byte b : Json.print(tree)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    hash = (hash ^ (int) collisions) * FNV_PRIME;
    StringBuilder encoded = new StringBuilder();
    for (char digit : Integer.toUnsignedString(hash).toCharArray()) {
      encoded.append(ALPHABET.charAt(digit % ALPHABET.length()));
    }
    return encoded.toString();
  }
}
