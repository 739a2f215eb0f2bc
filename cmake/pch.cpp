// Holds the precompiled header that every target shares.
