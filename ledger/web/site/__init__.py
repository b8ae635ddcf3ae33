"""A ledger's pages as a folder of files: what `factledger publish site` writes."""

from .folder import site_folder
from .merged import publish_merged
from .options import SiteOptions
from .run import publish_into

__all__ = ["SiteOptions", "publish_into", "publish_merged", "site_folder"]
