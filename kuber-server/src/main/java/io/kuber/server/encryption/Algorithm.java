package io.kuber.server.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How bytes are sealed. For each, keys of their own are derived from a random salt, so that there
 * is no number of writes after which a key has to be changed. Layouts are on disks: they stay what
 * they are, and a new one takes a new number.
 */
enum Algorithm {
  /** AES in Galois/counter mode: salt, nonce, text with its tag. */
  AESGCM("aesgcm", 1) {
    @Override
    byte[] seal(byte[] secret, byte[] bound, byte[] plain, SecureRandom random)
        throws GeneralSecurityException {
      byte[] salt = fresh(random, SALT_BYTES);
      byte[] nonce = fresh(random, NONCE_BYTES);
      return joined(salt, nonce, gcm(Cipher.ENCRYPT_MODE, secret, salt, nonce, bound, plain));
    }

    @Override
    byte[] open(byte[] secret, byte[] bound, byte[] sealed) throws GeneralSecurityException {
      int start = SALT_BYTES + NONCE_BYTES;
      check(sealed.length >= start);
      byte[] salt = Arrays.copyOf(sealed, SALT_BYTES);
      byte[] nonce = Arrays.copyOfRange(sealed, SALT_BYTES, start);
      byte[] text = Arrays.copyOfRange(sealed, start, sealed.length);
      return gcm(Cipher.DECRYPT_MODE, secret, salt, nonce, bound, text);
    }
  },

  /** AES in block chaining, with an HMAC-SHA256 over all that is sealed: salt, IV, text, HMAC. */
  AESCBC("aescbc", 2) {
    @Override
    byte[] seal(byte[] secret, byte[] bound, byte[] plain, SecureRandom random)
        throws GeneralSecurityException {
      byte[] salt = fresh(random, SALT_BYTES);
      byte[] iv = fresh(random, BLOCK_BYTES);
      byte[] sealed = joined(salt, iv, cbc(Cipher.ENCRYPT_MODE, secret, salt, iv, plain));
      return joined(sealed, authentication(secret, salt, bound, sealed));
    }

    @Override
    byte[] open(byte[] secret, byte[] bound, byte[] sealed) throws GeneralSecurityException {
      int start = SALT_BYTES + BLOCK_BYTES;
      int end = sealed.length - MAC_BYTES;
      check(end >= start);
      byte[] salt = Arrays.copyOf(sealed, SALT_BYTES);
      byte[] covered = Arrays.copyOf(sealed, end);
      byte[] shown = Arrays.copyOfRange(sealed, end, sealed.length);
      check(MessageDigest.isEqual(shown, authentication(secret, salt, bound, covered)));
      byte[] iv = Arrays.copyOfRange(sealed, SALT_BYTES, start);
      return cbc(Cipher.DECRYPT_MODE, secret, salt, iv, Arrays.copyOfRange(sealed, start, end));
    }
  };

  /** What a key has that kuber makes. */
  static final int NEW_KEY_BYTES = 32;

  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int BLOCK_BYTES = 16;
  private static final int MAC_BYTES = 32;
  private static final int TAG_BITS = 128;
  private static final String HMAC = "HmacSHA256";

  private final String provider;
  private final int number;

  Algorithm(String provider, int number) {
    this.provider = provider;
    this.number = number;
  }

  /** The provider of an EncryptionConfiguration that it stands for. */
  String provider() {
    return provider;
  }

  /** By which it is known on the disk. */
  int number() {
    return number;
  }

  /** Seals {@code plain}, bound to bytes that have to be the same when it is opened. */
  abstract byte[] seal(byte[] secret, byte[] bound, byte[] plain, SecureRandom random)
      throws GeneralSecurityException;

  /** Opens what was sealed; throws when secret or bytes are not the right ones. */
  abstract byte[] open(byte[] secret, byte[] bound, byte[] sealed) throws GeneralSecurityException;

  private static byte[] gcm(
      int mode, byte[] secret, byte[] salt, byte[] nonce, byte[] bound, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(derived(secret, salt, "kuber aesgcm"), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher.doFinal(text);
  }

  private static byte[] cbc(int mode, byte[] secret, byte[] salt, byte[] iv, byte[] text)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        mode,
        new SecretKeySpec(derived(secret, salt, "kuber aescbc"), "AES"),
        new IvParameterSpec(iv));
    return cipher.doFinal(text);
  }

  /** The length goes in first, so that what is bound and what is covered cannot be shifted. */
  private static byte[] authentication(byte[] secret, byte[] salt, byte[] bound, byte[] covered)
      throws GeneralSecurityException {
    byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(bound.length).array();
    return hmac(derived(secret, salt, "kuber aescbc hmac"), joined(length, bound, covered));
  }

  private static byte[] derived(byte[] secret, byte[] salt, String purpose)
      throws GeneralSecurityException {
    return hmac(secret, joined(purpose.getBytes(StandardCharsets.UTF_8), new byte[1], salt));
  }

  /** HMAC-SHA256. */
  static byte[] hmac(byte[] secret, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(secret, HMAC));
    return mac.doFinal(text);
  }

  private static byte[] fresh(SecureRandom random, int bytes) {
    byte[] fresh = new byte[bytes];
    random.nextBytes(fresh);
    return fresh;
  }

  private static void check(boolean holds) throws AEADBadTagException {
    if (!holds) {
      throw new AEADBadTagException("the bytes are damaged, or of another key");
    }
  }

  private static byte[] joined(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
