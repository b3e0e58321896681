"""The font that the pictures are drawn with, a part of Noto Sans SC under the licence beside it."""
